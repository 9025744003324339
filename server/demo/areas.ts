import { named, type Named } from './named.ts'

export interface Area extends Named {
  /** Tickets, relative to the other areas. */
  weight: number
  /** How long work takes here, relative to the whole city. */
  pace: number
  /** A storm comes from the sea. */
  isShore: boolean
}

function area(code: string, [en, zh]: [string, string], [weight, pace]: [number, number]): Area {
  return { ...named(code, en, zh), weight, pace, isShore: false }
}

const onShore = (inland: Area): Area => ({ ...inland, isShore: true })

export const areas: readonly Area[] = [
  area('lantern-hill', ['Lantern Hill', '灯笼山'], [16, 0.9]),
  onShore(area('old-quay', ['Old Quay', '旧埠'], [13, 0.95])),
  onShore(area('saltmarsh', ['Saltmarsh', '盐沼'], [9, 1.3])),
  area('ropewalk', ['Ropewalk', '缆绳街'], [9, 1]),
  area('northgate', ['Northgate', '北门'], [9, 0.95]),
  area('cedar-flats', ['Cedar Flats', '雪松坪'], [8, 1.05]),
  area('kiln-lane', ['Kiln Lane', '窑巷'], [8, 1.15]),
  onShore(area('gullwing-point', ['Gullwing Point', '鸥翼角'], [7, 1])),
  area('terrace-row', ['Terrace Row', '台地街'], [7, 0.85]),
  area('millrace', ['Millrace', '磨坊渠'], [6, 1]),
  onShore(area('ferry-reach', ['Ferry Reach', '渡口湾'], [5, 1.1])),
  onShore(area('outer-isles', ['Outer Isles', '外岛'], [1, 1.6])),
]
