import { NONE } from '../view.ts'

/** By the code of a provision that of the article it lies in: `CODE/1/3` of `CODE/1/3.2`; of what is no clause, itself. */
export const articleOf = (code: string): string =>
  code === NONE ? code : code.replace(/\.[^./]*$/, '')
