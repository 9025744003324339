import path from 'node:path'
import { z } from 'zod'

const OnOff = z.enum(['on', 'off'], 'is either on or off')

const Env = z.object({
  PORT: z.coerce.number('is a port number').int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      hostname: /.*/,
      error: 'looks like postgres://user:password@host:5432/name',
    })
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DEMO: OnOff.default('on'),
  CLOCK: z.enum(['database', 'events'], 'is either database or events').default('database'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})

export interface Config {
  port: number
  /**
   * Undefined: every interface, with IPv6 where there is one. `localhost` may mean ::1 or
   * 127.0.0.1, a container's port is published from outside, and what the page shows is public.
   */
  host: string | undefined
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  /** Absolute. */
  dataDir: string
  demo: boolean
  clock: 'database' | 'events'
  logLevel: string
}

/** Throws an error that names every variable it cannot read. A variable set to nothing is not set. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = Env.safeParse(set)
  if (!result.success) throw new Error(explain(result.error))
  const read = result.data
  return {
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    dataDir: path.resolve(read.DATA_DIR),
    demo: read.DEMO === 'on',
    clock: read.CLOCK,
    logLevel: read.LOG_LEVEL,
  }
}

function explain(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')
}
