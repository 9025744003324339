import { parseArgs } from 'node:util'

export interface Options {
  only: 'intake' | 'patch' | undefined
  seconds: number
  /** Where the server leaves a CPU profile. */
  profile: string | undefined
}

/** Throws an error that says what is wrong. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      seconds: { type: 'string', default: '30' },
      profile: { type: 'string' },
    },
  })
  const { only, profile } = values
  if (only !== undefined && only !== 'intake' && only !== 'patch') {
    throw new Error('--only is either intake or patch.')
  }
  const seconds = Number(values.seconds)
  if (!(seconds >= 1)) throw new Error('--seconds is a number from 1 on.')
  return { only, seconds, profile }
}
