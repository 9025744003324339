import { loadCube } from '../../server/cube/load.ts'
import { understand } from '../../server/cube/question.ts'
import { loadTerms } from '../../server/live/terms.ts'
import { freshView } from '../../server/live/view-pool.ts'
import type { ViewSpec } from '#shared/view.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import { questions } from './questions.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'

/** So often each question is asked, after one round that is not counted: code is compiled as it runs. */
const ROUNDS = 20
const SQL_ROUNDS = 5

/** A row for each member and step is another kind of question: it is told beside the others. */
const plain = questions.filter(({ over }) => over === undefined)
const byMemberOverTime = questions.filter(({ over }) => over !== undefined)

/** Opening a view of 90 days that nobody looks at yet: counted from the cube's columns. */
export async function benchView({ stage, tickets }: Setting): Promise<Figure[]> {
  const { took, used, overTime } = await openInProcess(stage)
  const overHttp = await openOverHttp(stage)
  const name = `a 90-day view on ${tickets.toLocaleString('en')} tickets`
  const bySql = { of: 'received and closed by area as SQL', value: await countBySql(stage) }
  return [
    { name: `${name}, p50`, unit: 'ms', measured: percentile(took, 0.5) },
    {
      name: `${name}, p99`,
      unit: 'ms',
      measured: percentile(took, 0.99),
      wanted: { most: 10 },
      limit: bySql,
    },
    {
      name: 'the same by a member and over time, p99',
      unit: 'ms',
      measured: percentile(overTime, 0.99),
    },
    { name: 'processor for it, p50', unit: 'ms', measured: percentile(used, 0.5) },
    { name: 'processor for it, p99', unit: 'ms', measured: percentile(used, 0.99) },
    { name: 'the same over HTTP, p50', unit: 'ms', measured: percentile(overHttp, 0.5) },
    { name: 'the same over HTTP, p99', unit: 'ms', measured: percentile(overHttp, 0.99) },
  ]
}

async function openInProcess({ db, sql }: Stage) {
  const { cube } = await loadCube(sql, 'database')
  const terms = await loadTerms(db)
  const open = async (spec: ViewSpec) => {
    freshView(
      understand(spec, () => terms),
      cube,
    )
  }
  return {
    took: await inRounds(plain, open),
    used: await inRounds(plain, open, processorUsed),
    overTime: await inRounds(byMemberOverTime, open),
  }
}

async function openOverHttp(stage: Stage): Promise<number[]> {
  await using server = await stage.startServer()
  return await inRounds(plain, async ({ measures, by, over, window, filters }) => {
    const asked = { measures: measures.join(), ...(by && { by }), ...(over && { over }), window }
    const query = new URLSearchParams({ ...asked, ...codesOf(filters) })
    const answer = await fetch(`${server.origin}/api/v1/view?${query}`)
    if (!answer.ok) throw new Error(await answer.text())
    await answer.arrayBuffer()
  })
}

function codesOf(filters: ViewSpec['filters'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(filters).map(([name, codes]) => [name, codes.join()]))
}

/** Milliseconds of each. */
async function inRounds(
  asked: readonly ViewSpec[],
  open: (spec: ViewSpec) => Promise<void>,
  measure = timed,
): Promise<number[]> {
  for (const spec of asked) await open(spec)
  const took: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    for (const spec of asked) took.push(await measure(() => open(spec)))
  }
  return took
}

/** The first of the questions, asked of the tickets themselves: half of the times it took lie below. */
async function countBySql({ sql }: Stage): Promise<number | null> {
  const took: number[] = []
  for (let round = 0; round < SQL_ROUNDS; round++) {
    const asked = async () => {
      await sql`
        select code, sum(received), sum(closed) from (
          select area, count(*) as received, 0 as closed from ticket
          where received_at >= now() - interval '90 days' and received_at < now()
            and status in ('open', 'closed')
          group by area
          union all
          select area, 0, count(*) from (
            select area, closed_at as at from ticket where status in ('open', 'closed')
            union all
            select area, to_timestamp((earlier ->> 'closedAt')::bigint / 1000.0)
            from ticket, jsonb_array_elements(reopenings) as earlier
            where status in ('open', 'closed') and reopenings is not null
          ) as close
          where at >= now() - interval '90 days' and at < now()
          group by area
        ) as counted left join member on member.id = area
        group by code order by code
      `
    }
    took.push(await timed(asked))
  }
  return percentile(took, 0.5)
}

async function timed(run: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await run()
  return performance.now() - startedAt
}

/** Of this process, in milliseconds: others who are at work on the machine hardly change it. */
async function processorUsed(run: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
