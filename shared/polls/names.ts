/** How a choice is called in views and addresses. */
export const choiceCode = (poll: string, question: string, choice: string): string =>
  `${poll}/${question}/${choice}`

/** How a statement is called there. */
export const statementCode = (poll: string, statement: string): string => `${poll}/${statement}`
