import { followRecords } from './follow-records.ts'

/** Comes back from wherever it was after every disconnection, and is cut off now and then by itself. */
export function restless(origin: string) {
  const follower = followRecords(origin)
  let lost = 0
  const { socket } = follower
  let isGone = false
  const back = () => {
    lost++
    if (!isGone) setTimeout(() => socket.connect(), 300 * Math.random())
  }
  socket.on('disconnect', back)
  socket.on('connect_error', back)
  // Closed while it opens, the client library would wait for ever.
  const cut = () => socket.connected && Math.random() < 0.2 && socket.io.engine.close()
  const timer = setInterval(cut, 100)
  return Object.assign(follower, {
    lost: () => lost,
    /** It is cut off no more. */
    rest: () => clearInterval(timer),
    leave() {
      isGone = true
      socket.disconnect()
    },
  })
}
