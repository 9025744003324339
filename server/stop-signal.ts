const STOP_WITHIN = 4800

/** Resolves when the process is asked to stop. It then has five seconds, after which it is ended. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      setTimeout(() => process.exit(1), STOP_WITHIN).unref()
      resolve()
    }
    // Not `once`: a terminal and npm may both pass on one Ctrl-C, and the second must not kill.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  })
}
