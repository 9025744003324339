import { expect, test } from 'vitest'
import { auditCommand } from '../../../server/audit/cli.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { freshDatabase } from '../../support/database.ts'
import { serverProcess } from '../../support/server-process.ts'
import { commandProcess } from '../import/command-process.ts'
import { traffic } from './traffic.ts'

const LONG = 60_000

async function seqOf(app: Awaited<ReturnType<typeof runningApp>>): Promise<number> {
  const response = await app.get('/api/v1/view?measures=received')
  return ((await response.json()) as { seq: number }).seq
}

const runAudit = (url: string) => commandOn(url, auditCommand)()
/** As it is run from a shell. */
const auditFromShell = (url: string) =>
  commandProcess('server/audit/cli.ts', [], { cwd: '.', env: { DATABASE_URL: url } }).ended

test(
  'I1: a live server is exact while events go on coming in',
  async () => {
    await using app = await runningApp()
    const source = await traffic(app)
    for (let round = 0; round < 5; round++) await source.post(1000)

    const { code, output } = await source.postWhile(auditFromShell(app.url))

    expect(output).toContain('The numbers are exact.')
    expect(output).toMatch(/process \d+ \(.*\): 157 questions, [\d,]+ rows, [\d,]+ cells from seq/)
    expect(code).toBe(0)
    const [left] = await app.sql`select count(*) as n from audit_answer`
    expect(left!.n).toBe(0)
  },
  LONG,
)

test(
  'every process that shares the database answers for itself',
  async () => {
    await using app = await runningApp()
    await using other = serverProcess({ DATABASE_URL: app.url })
    await other.origin()
    await (await traffic(app)).post(200)

    const { code, output } = await runAudit(app.url)

    expect(output.match(/process \d+ \(.*\): 157 questions/g)).toHaveLength(2)
    expect(output).toContain(`process ${other.pid} (`)
    expect(output).toContain('The numbers are exact.')
    expect(code).toBe(0)
  },
  LONG,
)

test(
  'names the difference when a ticket was changed behind the journal’s back',
  async () => {
    await using app = await runningApp()
    const source = await traffic(app)
    await source.post(500)
    await expect.poll(() => seqOf(app)).toBe(1)

    await app.sql`
      update ticket set agency = (select id from member where code = 'agency-1')
      where id = (select min(ticket.id) from ticket join member on member.id = agency where code = 'agency-2' and status = 'open')`
    const { code, output } = await runAudit(app.url)

    expect(output).toMatch(/1h by agency; row agency-1, open: the cube says \d+, the recount \d+/)
    expect(output).toMatch(/differences, the first 10:/)
    expect(code).toBe(1)
  },
  LONG,
)

test(
  'the journal is held against the tickets, also where no server runs',
  async () => {
    await using city = await freshDatabase()
    const quiet = await runAudit(city.url)
    await city.sql`
      insert into ticket (source_id, id, version, digest, batch, status, precision, received_at,
        agency, area, category, channel, language, transfers, policy_version)
      values (1, 'smuggled', 1, '', 1, 'open', 'instant', '2026-01-01', 0, 0, 0, 0, 0, 0, 0)`
    const smuggled = await runAudit(city.url)

    expect(quiet.output).toContain('No server answers')
    expect(quiet.output).toContain('The numbers are exact.')
    expect(quiet.code).toBe(0)
    expect(smuggled.output).toContain(
      'the journal, nothing stated, received at 2026-01-01T00:00:00.000Z: the journal has 1 fewer than the tickets',
    )
    expect(smuggled.code).toBe(1)
  },
  LONG,
)
