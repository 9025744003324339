import { fromCity } from './flags-from-city.ts'
import { fromOrder } from './flags-from-order.ts'
import { fromShore } from './flags-from-shore.ts'
import type { DemoFlag } from './tell-flags.ts'

/**
 * What the invented observers of an invented city wrote, and what its officials answered: in an order in
 * which they may have come.
 */
export const demoFlags: readonly DemoFlag[] = [...fromCity, ...fromShore, ...fromOrder]
