/** Text within HTML: what a page shows was written by somebody, and must not become part of the page. */

/** Safe between tags and within attributes in double quotes. */
export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")
