/**
 * 记账利率 of the calendar year whose interest is credited (not of the year in which it was published). One national rate from 2016 (人社部发
 * 〔2017〕31号); before, each province its own: only some years of 上海 are known. 2026 was not published in any source seen.
 */
import type { Row } from "../row.js"

export const accountInterest: readonly Row[] = [
  { from: "2016", to: "2016", value: "0.0831", document: "人社部发〔2017〕31号", source: "https://www.yueqing.gov.cn/art/2018/11/13/art_1229245916_2068851.html", confidence: "secondary" },
  { from: "2017", to: "2017", value: "0.0712", document: "人社部发〔2017〕31号", source: "https://rsj.sh.gov.cn/201712333/xwfb/zxjd/01/201706/t20170622_1268786.shtml", confidence: "secondary" },
  { from: "2018", to: "2018", value: "0.0829", document: "人社部发〔2017〕31号", source: "https://hrss.sz.gov.cn/szsi/sbjxxgk/tzgg/content/post_3046029.html", confidence: "secondary" },
  { from: "2019", to: "2019", value: "0.0761", document: "人社部发〔2017〕31号", source: "https://www.heshan.gov.cn/.../content/post_2039703.html", confidence: "secondary" },
  { from: "2020", to: "2020", value: "0.0604", document: "人社部发〔2017〕31号", source: "https://www.yantai.gov.cn/art/2022/12/12/art_42683_3192320.html", confidence: "secondary" },
  { from: "2021", to: "2021", value: "0.0669", document: "人社部发〔2017〕31号", source: "https://www.kaiping.gov.cn/kpsshbxjjglj/zwgk/zxgk/content/post_2658016.html", confidence: "secondary" },
  { from: "2022", to: "2022", value: "0.0612", document: "人社部发〔2017〕31号", source: "https://www.heshan.gov.cn/.../content/post_2853005.html", confidence: "secondary" },
  { from: "2023", to: "2023", value: "0.0397", document: "人社部发〔2017〕31号", source: "https://www.fcgs.gov.cn/zfxxgk/fdzdgknr/msxx/sb/content/post_1797533.html", confidence: "secondary" },
  { from: "2024", to: "2024", value: "0.0262", document: "人社部发〔2017〕31号", source: "https://www.jieyang.gov.cn/zwgk/zfxxgkml/content/post_937989.html", confidence: "secondary" },
  { from: "2025", to: "2025", value: "0.015", document: "人社部发〔2017〕31号", source: "https://www.fcgs.gov.cn/ggfw/zxbs/shbz/wyk/zybg/t26140294.shtml ; series also in news.qq.com/rain/a/20260525A05UXE00", confidence: "secondary" },
  { province: "31", from: "2004", to: "2004", value: "0.0198", document: "沪劳保基发〔2004〕10号", source: "沪劳保基发〔2004〕10号 (zc.51shebao.com/detail/814603)", confidence: "secondary" },
  { province: "31", from: "2008", to: "2008", value: "0.0414", document: "沪劳保基发〔2007〕54号", source: "沪劳保基发〔2007〕54号", confidence: "secondary" },
  { province: "31", from: "2009", to: "2009", value: "0.0225", document: "沪人社基发〔2008〕8号", source: "沪人社基发〔2008〕8号", confidence: "secondary" },
  { province: "31", from: "2010", to: "2010", value: "0.0225", document: "沪人社基发〔2009〕48号", source: "沪人社基发〔2009〕48号", confidence: "secondary" },
  { province: "31", from: "2011", to: "2011", value: "0.0275", source: "press report 2012-09-22", confidence: "low" },
  { province: "31", from: "2012", to: "2012", value: "0.035", document: "沪人社基发〔2012〕2号", source: "沪人社基发〔2012〕2号", confidence: "secondary" },
  { province: "31", from: "2014", to: "2014", value: "0.0425", document: "沪人社基发〔2014〕1号", source: "press report 2015-04-16 of 沪人社基发〔2014〕1号", confidence: "low" },
  { province: "31", from: "2015", to: "2015", value: "0.0275", document: "沪人社基发〔2015〕1号", source: "沪人社基发〔2015〕1号", confidence: "secondary" },
]
