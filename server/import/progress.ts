import { SingleBar } from 'cli-progress'

export interface Step {
  rows: number
  /** 0 to 1. */
  done: number
}

export interface Progress {
  show(step: Step): void
  /** Takes the bar away; what was shown last stays true. */
  end(): void
}

interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

const LINE_EVERY = 2000

/** A bar on a terminal; elsewhere a line about every two seconds. */
export function showProgress(label: string, screen: Screen = process.stderr): Progress {
  return screen.isTTY ? bar(label) : lines(label, screen)
}

function bar(label: string): Progress {
  const startedAt = performance.now()
  const drawn = new SingleBar({
    format: `${label} {bar} {percentage}%  {pace}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
  })
  drawn.start(1000, 0, { pace: '' })
  return {
    show(step) {
      const pace = describePace(step, performance.now() - startedAt)
      drawn.update(Math.floor(step.done * 1000), { pace })
    },
    end: () => drawn.stop(),
  }
}

function lines(label: string, screen: Screen): Progress {
  const startedAt = performance.now()
  let writtenAt = startedAt
  return {
    show(step) {
      const now = performance.now()
      if (now - writtenAt < LINE_EVERY) return
      writtenAt = now
      const percent = Math.floor(step.done * 100)
      screen.write(`${label} ${percent}%  ${describePace(step, now - startedAt)}\n`)
    },
    end() {},
  }
}

/** `elapsed` in milliseconds. */
export function describePace({ rows, done }: Step, elapsed: number): string {
  const perSecond = Math.round((rows / Math.max(1, elapsed)) * 1000)
  const left = done > 0 ? (elapsed / done) * (1 - done) : Infinity
  const counts = `${rows.toLocaleString('en')} rows  ${perSecond.toLocaleString('en')} rows/s`
  return Number.isFinite(left) ? `${counts}  ${duration(left)} left` : counts
}

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
