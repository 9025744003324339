import { type Logger, pino } from 'pino'

export type Log = Logger

/** One JSON object a line, on standard error, written at once so that the last words are kept. */
export function createLog(level: string): Log {
  const options = { level, base: null, serializers: { err: describeError } }
  return pino(options, pino.destination({ dest: 2, sync: true }))
}

const KEPT = [
  'code',
  'syscall',
  'severity',
  'routine',
  'table_name',
  'constraint_name',
  'status',
] as const

/**
 * What happened and where, without what an error quotes: a row that PostgreSQL refused, a body that
 * could not be parsed.
 */
export function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const known = error as Error & Partial<Record<(typeof KEPT)[number], unknown>>
  const kept = KEPT.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]]))
  return {
    type: error.name,
    ...(!quotes(known) && { message: error.message }),
    ...Object.fromEntries(kept),
    at: framesOf(error),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

/** Errors whose message holds a part of what was sent. */
function quotes({ name, code }: Error & { code?: unknown }): boolean {
  if (name === 'SyntaxError' || name === 'ZodError') return true
  // PostgreSQL's class 22: a value that does not fit.
  return name === 'PostgresError' && String(code).startsWith('22')
}

function framesOf({ stack = '' }: Error): string[] {
  return (stack.match(/^ {4}at .*$/gm) ?? []).slice(0, 10).map((line) => line.trim())
}
