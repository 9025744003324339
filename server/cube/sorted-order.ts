/** With more minutes than this to a row, counting them would take longer than comparing. */
const SPARSE = 8

/** The order that sorts rows by minute, keeping equals in place. */
export function sortedOrder(minutes: Int32Array): Uint32Array {
  if (minutes.length === 0) return new Uint32Array(0)
  let least = Infinity
  let most = -Infinity
  for (let row = 0; row < minutes.length; row++) {
    least = Math.min(least, minutes[row]!)
    most = Math.max(most, minutes[row]!)
  }
  if (most - least > SPARSE * minutes.length) return orderOfFew(minutes, least)
  return orderByCounting(minutes, least, most)
}

function orderByCounting(minutes: Int32Array, least: number, most: number): Uint32Array {
  const places = new Uint32Array(most - least + 2)
  for (let row = 0; row < minutes.length; row++) places[minutes[row]! - least + 1]!++
  for (let at = 1; at < places.length; at++) places[at]! += places[at - 1]!
  const order = new Uint32Array(minutes.length)
  for (let row = 0; row < minutes.length; row++) order[places[minutes[row]! - least]!++] = row
  return order
}

/** Sorts minute and row as one number: all the minutes there are, times all rows, fit into 53 bits. */
function orderOfFew(minutes: Int32Array, least: number): Uint32Array {
  const { length } = minutes
  const keys = new Float64Array(length)
  for (let row = 0; row < length; row++) keys[row] = (minutes[row]! - least) * length + row
  keys.sort()
  const order = new Uint32Array(length)
  for (let row = 0; row < length; row++) order[row] = keys[row]! % length
  return order
}
