/*
 * Figures computed from the service requests of Boston, July to October 2011 (41,827 of them, public
 * domain), so that the invented city has the rhythm of a real one. Nothing else is carried over.
 */

/** Requests received by local hour, in millionths of a week: seven days from Monday, 24 hours each. */
export const hourOfWeek: readonly (readonly number[])[] = [
  [
    646, 789, 383, 383, 383, 478, 1817, 6742, 13102, 23669, 24123, 17262, 15827, 15205, 17262,
    14154, 8726, 5427, 4017, 4471, 3395, 3036, 2797, 1578,
  ],
  [
    861, 335, 239, 143, 48, 669, 2439, 5977, 12074, 24243, 21541, 17525, 14751, 16281, 17548, 15540,
    9061, 8750, 3538, 3754, 3299, 2678, 2965, 1434,
  ],
  [
    359, 239, 191, 48, 143, 526, 2080, 5690, 14871, 18911, 20011, 25366, 19461, 17214, 16497, 13843,
    8870, 6144, 4017, 3610, 3395, 2367, 2223, 1315,
  ],
  [
    478, 167, 96, 167, 335, 383, 1913, 7268, 12384, 22330, 20991, 17931, 13604, 11882, 13628, 12886,
    8416, 5571, 4112, 3323, 2726, 3180, 3299, 1434,
  ],
  [
    335, 215, 454, 383, 96, 693, 1530, 5905, 14225, 18505, 24912, 17285, 15134, 13245, 13293, 12169,
    7316, 4734, 2773, 1769, 1817, 1841, 1458, 1841,
  ],
  [
    598, 478, 311, 430, 215, 287, 454, 2271, 2367, 4184, 3993, 3228, 4017, 3538, 4423, 3108, 2702,
    1626, 2223, 2128, 1530, 1291, 1960, 1745,
  ],
  [
    1267, 598, 502, 359, 239, 167, 454, 1482, 1458, 2678, 3036, 4829, 5164, 6001, 5714, 5212, 4471,
    3514, 3945, 3228, 2869, 2343, 1626, 550,
  ],
]

/** How one kind of work is closed: hours from receipt by which a share is closed, and the share on time. */
export interface Closing {
  /** At 10, 25, 50, 75, 90 and 99 %. */
  hours: readonly [number, number, number, number, number, number]
  onTime: number
}

export const closings = {
  sanitation: { hours: [0.01, 0.01, 0.09, 10.82, 20.72, 216.52], onTime: 0.969 },
  streetCleaning: { hours: [0.01, 0.28, 1.63, 4.54, 18.99, 119.09], onTime: 0.984 },
  recycling: { hours: [20.08, 27.16, 96.65, 265.52, 483.34, 996.5], onTime: 0.924 },
  streetLights: { hours: [0.07, 1.26, 48.06, 381.51, 1589.92, 4459.41], onTime: 0.719 },
  highways: { hours: [0.01, 0.01, 0.08, 27.48, 1006.57, 28061.82], onTime: 0.749 },
  trees: { hours: [0.29, 8.59, 64.37, 3929.99, 8254.27, 16197.2], onTime: 0.747 },
  parks: { hours: [12.02, 118.92, 1357.68, 8490.56, 24294.06, 51280.71], onTime: 0.281 },
  signs: { hours: [3.18, 16.54, 70.38, 328, 784.8, 10085.69], onTime: 0.725 },
  traffic: { hours: [0.95, 10.29, 382.68, 1578.87, 2692.84, 27876.34], onTime: 0.766 },
  operations: { hours: [68.06, 144.34, 351.68, 5157.11, 8303.2, 26637.91], onTime: 0.682 },
  vehicles: { hours: [3.97, 38.6, 171.49, 351.13, 572.3, 672.3], onTime: 0.981 },
  graffiti: { hours: [16.73, 66.34, 241.56, 593.09, 1055.98, 3470.92], onTime: 0.873 },
  environment: { hours: [121.97, 218.35, 498.31, 1295.9, 4412.42, 11088.38], onTime: 0.538 },
  health: { hours: [23.76, 42.17, 75.96, 139.53, 289.18, 3095.29], onTime: 0.473 },
  housing: { hours: [5.5, 194.67, 960.05, 2490.71, 3506.13, 7386.2], onTime: 0.505 },
  building: { hours: [109.5, 427.61, 3267.64, 12065.48, 22656.46, 30482.72], onTime: 0.138 },
  administrative: { hours: [0.83, 14.11, 46.66, 461.06, 6771.62, 26830.61], onTime: 0.895 },
  comments: { hours: [0.06, 0.33, 13.07, 74.45, 521.57, 8473.02], onTime: 0.246 },
} as const satisfies Record<string, Closing>

/**
 * The storm of 28 August 2011, a Sunday: what came in beyond a usual day, as a multiple of a mean day,
 * was 2.4 on the day itself and fell to two fifths of it from day to day (913 tickets, 788, 509 …).
 */
export const surge = { firstDay: 2.4, nextDay: 0.4 }
