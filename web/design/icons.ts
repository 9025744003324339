/** Paths on a square of 16. */
export const icons = {
  down: 'm4.5 6.5 3.5 3.5 3.5-3.5',
  close: 'm4 4 8 8M12 4l-8 8',
  late: 'M8 2.2 14.4 13.4H1.6z',
} as const

export type IconName = keyof typeof icons
