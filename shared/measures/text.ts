/** Languages in which every measure is explained. */
export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** What a measure is called and what its definition card says, in one language. */
export interface Text {
  name: string
  /** What is counted, and what a reader must know of it. */
  sentence: string
  /** At which minute it is counted. */
  counted: string
  /** What is not counted. */
  leftOut: string
  /** What each field is, by its name. */
  fields: Readonly<Record<string, string>>
}

export type Texts = Readonly<Record<Language, Text>>

const leftOut: Record<Language, string> = {
  en: 'Duplicates, withdrawn tickets and those outside the jurisdiction are left out.',
  zh: '重复、已撤回和不属管辖的工单不计入。',
}

type Written = Omit<Text, 'leftOut'> & Partial<Pick<Text, 'leftOut'>>

/** The texts of a measure; unless they say otherwise, it leaves out what all measures leave out. */
export function texts({ en, zh }: Record<Language, Written>): Texts {
  return { en: { leftOut: leftOut.en, ...en }, zh: { leftOut: leftOut.zh, ...zh } }
}
