import { agencies, type Agency } from './agencies.ts'
import { type Closing, closings } from './calibration.ts'
import { named, type Named } from './named.ts'

export interface Category extends Named {
  agency: Agency
  /** Tickets, relative to the other categories. */
  weight: number
  /** Hours from receipt. */
  dueWithin: number
  closing: Closing
  /** Hours from receipt. */
  respondWithin: number
}

const RESPOND_WITHIN = 24

type Line = [
  code: string,
  en: string,
  zh: string,
  weight: number,
  dueWithin: number,
  closing: keyof typeof closings,
  respondWithin?: number,
]

function of(code: string, lines: readonly Line[]): Category[] {
  const agency = agencies.find((one) => one.code === code)!
  return lines.map(([code, en, zh, weight, dueWithin, closing, respondWithin]) => ({
    ...named(code, en, zh),
    agency,
    weight,
    dueWithin,
    closing: closings[closing],
    respondWithin: respondWithin ?? RESPOND_WITHIN,
  }))
}

export const categories: readonly Category[] = [
  ...of('sanitation', [
    ['missed-collection', 'Missed collection', '漏收垃圾', 10, 48, 'sanitation'],
    ['dumped-waste', 'Dumped waste', '乱倒垃圾', 7.5, 72, 'recycling'],
    ['recycling', 'Recycling', '回收', 3.5, 168, 'recycling'],
    ['street-sweeping', 'Street sweeping', '街道清扫', 3, 48, 'streetCleaning'],
    ['public-toilets', 'Public toilets', '公共厕所', 1, 24, 'streetCleaning'],
  ]),
  ...of('streets', [
    ['potholes', 'Potholes and paving', '路面坑洼', 6.5, 240, 'highways'],
    ['street-lights', 'Street lights', '路灯', 5.5, 120, 'streetLights'],
    ['signs-signals', 'Signs and signals', '标志与信号灯', 2.5, 96, 'signs'],
    ['pavements', 'Pavements and kerbs', '人行道破损', 2.5, 336, 'highways'],
  ]),
  ...of('water', [
    ['low-pressure', 'Low water pressure', '水压不足', 3.5, 12, 'graffiti', 8],
    ['drains', 'Drains and flooding', '排水与积水', 3.5, 48, 'recycling', 8],
    ['leaks', 'Burst pipes and leaks', '水管漏水', 2.5, 24, 'sanitation', 4],
  ]),
  ...of('parks', [
    ['fallen-trees', 'Fallen trees and branches', '倒伏树木', 2.6, 24, 'trees', 4],
    ['parks-paths', 'Parks and paths', '公园步道', 2.6, 168, 'parks'],
    ['beaches', 'Beaches and sea walls', '海滩与海堤', 1.3, 240, 'graffiti'],
  ]),
  ...of('transport', [
    ['stops', 'Bus and ferry stops', '公交与渡轮站', 3, 168, 'traffic'],
    ['left-vehicles', 'Left vehicles', '弃置车辆', 2.5, 240, 'vehicles'],
    ['bus-service', 'Bus service', '公交服务', 2.5, 120, 'signs'],
  ]),
  ...of('registry', [
    ['residence-permits', 'Residence permits', '居留许可', 4, 240, 'traffic', 72],
    ['certificates', 'Certificates and records', '证明与档案', 2, 120, 'graffiti'],
  ]),
  ...of('markets', [
    ['market-stalls', 'Market stalls', '市场摊位', 1.5, 120, 'signs'],
    ['licences', 'Business licences', '营业许可', 1.2, 336, 'graffiti', 72],
    ['unfair-trading', 'Unfair trading', '消费纠纷', 2.3, 168, 'environment'],
  ]),
  ...of('health', [
    ['night-noise', 'Night noise', '夜间噪声', 3, 168, 'signs'],
    ['food-safety', 'Food safety', '食品安全', 1.2, 48, 'recycling', 12],
    ['pests', 'Rats and mosquitoes', '鼠患与蚊虫', 1.3, 96, 'health'],
  ]),
  ...of('housing', [
    ['rental-defects', 'Rental housing defects', '出租房缺陷', 4, 504, 'environment'],
    ['building-safety', 'Building safety', '建筑安全', 1, 336, 'housing', 12],
    ['building-management', 'Building management', '物业管理', 1.2, 336, 'building', 48],
  ]),
  ...of('harbour-master', [['moorings', 'Moorings', '泊位', 0.3, 168, 'graffiti']]),
  ...of('schools', [['school-buildings', 'School buildings', '校舍', 0.4, 336, 'signs']]),
  ...of('power', [
    ['power-cuts', 'Power cuts', '停电', 2.2, 12, 'administrative', 2],
    ['gas-supply', 'Gas supply', '燃气供应', 1.2, 24, 'sanitation', 2],
    ['energy-bills', 'Electricity and gas bills', '电费与燃气费', 1.2, 120, 'recycling'],
  ]),
  ...of('social-care', [
    ['benefits', 'Benefits', '救助与补贴', 1.3, 480, 'housing', 72],
    ['elder-care', 'Care for the elderly', '养老服务', 1, 240, 'operations', 48],
    ['accessibility', 'Accessibility', '无障碍设施', 0.5, 336, 'comments'],
  ]),
  ...of('street-order', [
    ['illegal-parking', 'Illegal parking', '违规停车', 3.5, 120, 'vehicles'],
    ['street-vending', 'Street vending', '占道经营', 1.8, 120, 'vehicles'],
    ['site-noise', 'Building site noise', '工地噪声', 1.2, 120, 'vehicles'],
  ]),
]
