import { SingleBar } from 'cli-progress'

export interface Progress {
  /** `done` from 0 to 1; the note is only written out when it will be seen. */
  show(done: number, note: () => string): void
  /** Takes a bar away again. */
  end(): void
}

export interface Screen {
  isTTY?: boolean
  write(text: string): unknown
}

const BAR_EVERY = 200
const LINE_EVERY = 2000

/** A bar on a terminal; elsewhere a line about every two seconds. */
export function showProgress(label: string, screen: Screen = process.stderr): Progress {
  return screen.isTTY ? bar(label) : lines(label, screen)
}

function bar(label: string): Progress {
  const drawn = new SingleBar({
    format: `${label} {bar} {percentage}%  {note}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
  })
  drawn.start(1000, 0, { note: '' })
  const isTime = every(BAR_EVERY)
  return {
    show(done, note) {
      if (isTime()) drawn.update(Math.floor(done * 1000), { note: note() })
    },
    end: () => drawn.stop(),
  }
}

function lines(label: string, screen: Screen): Progress {
  const isTime = every(LINE_EVERY)
  return {
    show(done, note) {
      if (isTime()) screen.write(`${label} ${Math.floor(done * 100)}%  ${note()}\n`)
    },
    end() {},
  }
}

function every(interval: number): () => boolean {
  let nextAt = performance.now() + interval
  return () => {
    const now = performance.now()
    if (now < nextAt) return false
    nextAt = now + interval
    return true
  }
}
