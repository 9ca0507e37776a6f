/**
 * A window over the page, on the browser's own `<dialog>`: it keeps the focus, closes with Escape and gives the focus back. (The
 * component library's writes style elements without the page's nonce, which the page's security policy refuses.)
 */
import { Button } from "antd"
import { type ReactNode, useEffect, useId, useRef } from "react"
import { useLanguage } from "./i18n.js"

export const Dialog = ({
  title,
  side = false,
  onClose,
  footer,
  children,
}: {
  readonly title: string
  /** At the right edge, over the whole height: for reading beside the page. */
  readonly side?: boolean
  readonly onClose: () => void
  readonly footer?: ReactNode
  readonly children: ReactNode
}): ReactNode => {
  const { t } = useLanguage()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={side ? "side" : "middle"}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose() // the dark around it
      }}
    >
      <div className="dialog-in">
        <header className="head">
          <h2 id={id}>{title}</h2>
          <Button size="small" onClick={onClose}>
            {t("close")}
          </Button>
        </header>
        <div className="dialog-body stack">{children}</div>
        {footer === undefined ? null : <footer className="row">{footer}</footer>}
      </div>
    </dialog>
  )
}
