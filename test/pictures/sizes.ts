/** A window, and whether the whole page is taken or what one sees first. */
export const sizes = {
  desk: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
  wall: { width: 1920, height: 1080 },
} as const

export type Size = keyof typeof sizes
export const themes = ['light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]
/** Which way one reads. No language of the page is read from right to left yet: what it will be laid out like. */
export const directions = ['ltr', 'rtl'] as const
export type Direction = (typeof directions)[number]
