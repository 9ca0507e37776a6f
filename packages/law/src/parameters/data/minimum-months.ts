/**
 * 最低缴费年限 in months, by the statutory month of retirement: +6 months a year from 2030. Which month counts for flexible retirement (the
 * chosen one or the statutory one) was not verified.
 */
import type { Row } from "../row.js"

export const minimumMonths: readonly Row[] = [
  { from: "2006-01", to: "2029-12", value: 180, document: "国发〔2005〕38号", source: "国发〔2005〕38号; 社会保险法 Art 16", confidence: "official" },
  { from: "2030", to: "2030", value: 186, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2031", to: "2031", value: 192, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2032", to: "2032", value: 198, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2033", to: "2033", value: 204, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2034", to: "2034", value: 210, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2035", to: "2035", value: 216, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2036", to: "2036", value: 222, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2037", to: "2037", value: 228, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2038", to: "2038", value: 234, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
  { from: "2039-01", to: null, value: 240, document: "关于实施渐进式延迟法定退休年龄的决定", source: "https://www.gov.cn/yaowen/liebiao/202409/content_6974294.htm", confidence: "official" },
]
