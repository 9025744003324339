import { named, type Named } from './named.ts'

/** How an agency works: by this the invented ones differ, as real ones do. All are shares. */
interface Manner {
  /** Half of its first answers come within this share of the time there is for them. */
  answersAt: number
  /** Closed within ten minutes of receipt. */
  instant: number
  /** Lay with another agency first. */
  transferred: number
  reopened: number
  /** Closed as resolved. */
  asserted: number
  /** Of these, the ones whose citizens agree when they are asked. */
  confirmed: number
}

export type Agency = Named & Manner

const usual: Manner = {
  answersAt: 0.18,
  instant: 0.01,
  transferred: 0.05,
  reopened: 0.025,
  asserted: 0.91,
  confirmed: 0.77,
}

function agency(code: string, [en, zh]: [string, string], manner: Partial<Manner> = {}): Agency {
  return { ...named(code, en, zh), ...usual, ...manner }
}

export const agencies: readonly Agency[] = [
  agency('sanitation', ['Sanitation Service', '环境卫生处'], { answersAt: 0.08, confirmed: 0.87 }),
  agency('streets', ['Streets and Lighting', '道路照明处']),
  agency('water', ['Water and Drainage', '供水排水处'], { answersAt: 0.12, confirmed: 0.82 }),
  agency('parks', ['Parks and Shoreline', '公园海岸处'], { answersAt: 0.25, confirmed: 0.72 }),
  agency('transport', ['Harbour Transport', '港区交通处']),
  agency('registry', ['Residence and Registry', '居留登记处'], {
    answersAt: 0.3,
    transferred: 0.08,
  }),
  agency('markets', ['Markets and Licensing', '市场许可处'], {
    answersAt: 0.25,
    transferred: 0.08,
  }),
  agency('health', ['Public Health Desk', '公共卫生处'], { transferred: 0.09 }),
  agency('housing', ['Housing Standards', '住房标准处'], {
    answersAt: 0.45,
    transferred: 0.12,
    reopened: 0.05,
    confirmed: 0.58,
  }),
  agency('harbour-master', ['Harbour Master', '港务长办公室'], { confirmed: 0.84 }),
  agency('schools', ['School Estates', '校舍管理处'], { answersAt: 0.28 }),
  agency('power', ['Power and Gas', '电力燃气处'], { answersAt: 0.07, confirmed: 0.86 }),
  agency('social-care', ['Social Care', '民生保障处'], {
    answersAt: 0.4,
    transferred: 0.12,
    confirmed: 0.66,
  }),
  // The one that closes too fast: two in three at once, nearly all on time, and few are satisfied.
  agency('street-order', ['Street Order', '街面秩序处'], {
    answersAt: 0.03,
    instant: 0.68,
    transferred: 0.02,
    reopened: 0.18,
    asserted: 0.99,
    confirmed: 0.31,
  }),
]
