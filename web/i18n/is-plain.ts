/** Whether a message says itself: no value, no plural, nothing quoted. */
export const isPlain = (message: string): boolean => !/[{}']/.test(message)
