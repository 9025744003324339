import type { Policy } from '#shared/policy.ts'
import type { Dimension } from '#shared/ticket.ts'
import { type Closing, closings } from './calibration.ts'

/* Port Halcyon is invented: its name, its agencies, its areas and whatever happens there. */

/** What exists in both of the city's languages. */
interface Named {
  code: string
  names: { en: string; zh: string }
}

const named = (code: string, en: string, zh: string): Named => ({ code, names: { en, zh } })

export const agencies: readonly Named[] = [
  named('sanitation', 'Sanitation Service', '环境卫生处'),
  named('streets', 'Streets and Lighting', '道路照明处'),
  named('water', 'Water and Drainage', '供水排水处'),
  named('parks', 'Parks and Shoreline', '公园海岸处'),
  named('transport', 'Harbour Transport', '港区交通处'),
  named('registry', 'Residence and Registry', '居留登记处'),
  named('markets', 'Markets and Licensing', '市场许可处'),
  named('health', 'Public Health Desk', '公共卫生处'),
  named('housing', 'Housing Standards', '住房标准处'),
  named('harbour-master', 'Harbour Master', '港务长办公室'),
  named('schools', 'School Estates', '校舍管理处'),
]

/** `weight`: the share of tickets, in percent. */
export const areas: readonly (Named & { weight: number })[] = [
  { ...named('lantern-hill', 'Lantern Hill', '灯笼山'), weight: 16 },
  { ...named('old-quay', 'Old Quay', '旧埠'), weight: 13 },
  { ...named('saltmarsh', 'Saltmarsh', '盐沼'), weight: 9 },
  { ...named('ropewalk', 'Ropewalk', '缆绳街'), weight: 9 },
  { ...named('northgate', 'Northgate', '北门'), weight: 9 },
  { ...named('cedar-flats', 'Cedar Flats', '雪松坪'), weight: 8 },
  { ...named('kiln-lane', 'Kiln Lane', '窑巷'), weight: 8 },
  { ...named('gullwing-point', 'Gullwing Point', '鸥翼角'), weight: 7 },
  { ...named('terrace-row', 'Terrace Row', '台地街'), weight: 7 },
  { ...named('millrace', 'Millrace', '磨坊渠'), weight: 6 },
  { ...named('ferry-reach', 'Ferry Reach', '渡口湾'), weight: 5 },
  { ...named('outer-isles', 'Outer Isles', '外岛'), weight: 1 },
]

export interface Category extends Named {
  agency: string
  weight: number
  /** Hours from receipt. */
  dueWithin: number
  closing: Closing
}

type Work = Omit<Category, keyof Named>

const category = (code: string, [en, zh]: [string, string], work: Work): Category => ({
  ...named(code, en, zh),
  ...work,
})

export const categories: readonly Category[] = [
  category('missed-collection', ['Missed collection', '漏收垃圾'], {
    agency: 'sanitation',
    weight: 13.8,
    dueWithin: 48,
    closing: closings.sanitation,
  }),
  category('dumped-waste', ['Dumped waste', '乱倒垃圾'], {
    agency: 'sanitation',
    weight: 10.9,
    dueWithin: 72,
    closing: closings.recycling,
  }),
  category('recycling', ['Recycling', '回收'], {
    agency: 'sanitation',
    weight: 4.5,
    dueWithin: 168,
    closing: closings.recycling,
  }),
  category('street-sweeping', ['Street sweeping', '街道清扫'], {
    agency: 'sanitation',
    weight: 4,
    dueWithin: 48,
    closing: closings.streetCleaning,
  }),
  category('potholes', ['Potholes and paving', '路面坑洼'], {
    agency: 'streets',
    weight: 8.1,
    dueWithin: 240,
    closing: closings.highways,
  }),
  category('street-lights', ['Street lights', '路灯'], {
    agency: 'streets',
    weight: 7.3,
    dueWithin: 120,
    closing: closings.streetLights,
  }),
  category('signs-signals', ['Signs and signals', '标志与信号灯'], {
    agency: 'streets',
    weight: 3.5,
    dueWithin: 96,
    closing: closings.signs,
  }),
  category('low-pressure', ['Low water pressure', '水压不足'], {
    agency: 'water',
    weight: 4.5,
    dueWithin: 12,
    closing: closings.graffiti,
  }),
  category('drains', ['Drains and flooding', '排水与积水'], {
    agency: 'water',
    weight: 4,
    dueWithin: 48,
    closing: closings.recycling,
  }),
  category('fallen-trees', ['Fallen trees and branches', '倒伏树木'], {
    agency: 'parks',
    weight: 3.3,
    dueWithin: 24,
    closing: closings.trees,
  }),
  category('parks-paths', ['Parks and paths', '公园步道'], {
    agency: 'parks',
    weight: 3,
    dueWithin: 168,
    closing: closings.graffiti,
  }),
  category('stops', ['Bus and ferry stops', '公交与渡轮站'], {
    agency: 'transport',
    weight: 5.4,
    dueWithin: 168,
    closing: closings.traffic,
  }),
  category('left-vehicles', ['Left vehicles', '弃置车辆'], {
    agency: 'transport',
    weight: 4.5,
    dueWithin: 240,
    closing: closings.vehicles,
  }),
  category('residence-permits', ['Residence permits', '居留许可'], {
    agency: 'registry',
    weight: 6,
    dueWithin: 240,
    closing: closings.traffic,
  }),
  category('certificates', ['Certificates and records', '证明与档案'], {
    agency: 'registry',
    weight: 3,
    dueWithin: 120,
    closing: closings.graffiti,
  }),
  category('market-stalls', ['Market stalls', '市场摊位'], {
    agency: 'markets',
    weight: 2.5,
    dueWithin: 120,
    closing: closings.signs,
  }),
  category('licences', ['Business licences', '营业许可'], {
    agency: 'markets',
    weight: 2,
    dueWithin: 336,
    closing: closings.graffiti,
  }),
  category('night-noise', ['Night noise', '夜间噪声'], {
    agency: 'health',
    weight: 4.9,
    dueWithin: 168,
    closing: closings.signs,
  }),
  category('food-safety', ['Food safety', '食品安全'], {
    agency: 'health',
    weight: 2,
    dueWithin: 48,
    closing: closings.recycling,
  }),
  category('rental-defects', ['Rental housing defects', '出租房缺陷'], {
    agency: 'housing',
    weight: 6.4,
    dueWithin: 504,
    closing: closings.environment,
  }),
  category('building-safety', ['Building safety', '建筑安全'], {
    agency: 'housing',
    weight: 1.6,
    dueWithin: 336,
    closing: closings.housing,
  }),
  category('moorings', ['Moorings', '泊位'], {
    agency: 'harbour-master',
    weight: 0.5,
    dueWithin: 168,
    closing: closings.graffiti,
  }),
  category('school-buildings', ['School buildings', '校舍'], {
    agency: 'schools',
    weight: 0.4,
    dueWithin: 336,
    closing: closings.signs,
  }),
]

/** A source tells the tickets of one channel. */
export interface DemoSource {
  name: string
  channel: Named
  weight: number
}

export const sources: readonly DemoSource[] = [
  { name: 'Hotline 1810', channel: named('phone', 'Phone', '电话'), weight: 44 },
  { name: 'Halcyon app', channel: named('app', 'App', '手机应用'), weight: 22 },
  { name: 'Web forms', channel: named('web', 'Web form', '网页'), weight: 18 },
  { name: 'Field crews', channel: named('crew', 'Field crew', '巡查'), weight: 10 },
  { name: 'Service counters', channel: named('counter', 'Counter', '窗口'), weight: 6 },
]

export const languages: readonly (Named & { weight: number })[] = [
  { ...named('zh', 'Chinese', '中文'), weight: 61 },
  { ...named('en', 'English', '英语'), weight: 33 },
  { ...named('ar', 'Arabic', '阿拉伯语'), weight: 6 },
]

export const members: Record<Dimension, readonly Named[]> = {
  agency: agencies,
  area: areas,
  category: categories,
  channel: sources.map(({ channel }) => channel),
  language: languages,
}

export const timeZone = 'Asia/Taipei'

export const policy: Policy = {
  place: { names: { en: 'Port Halcyon', zh: '海晏港' }, demonstration: true },
  timeZone,
  respondWithin: { default: 24, byCategory: {} },
  dueWithin: {
    default: 168,
    byCategory: Object.fromEntries(categories.map(({ code, dueWithin }) => [code, dueWithin])),
  },
  satisfiedFrom: 4,
  opened: ['agency', 'area', 'category'],
  minN: 30,
}
