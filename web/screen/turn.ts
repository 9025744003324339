import type { Scene, ScreenOptions } from './options.ts'

/** How far the picture lies off its place, in tenths of a rem (4 px at 1080p). */
type Shift = readonly [inline: number, block: number]

/** Around the middle, one step a turn, so that no edge is lit for months in the same place. */
const shifts: readonly Shift[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
]

export interface Turn {
  scene: Scene
  /** Of the scene among those that are shown. */
  place: number
  language: ScreenOptions['languages'][number]
  shift: Shift
}

/** What is shown after so many changes of scene: a turn is once through all scenes, in one language. */
export function turnAt(
  step: number,
  { scenes, languages }: Pick<ScreenOptions, 'scenes' | 'languages'>,
): Turn {
  const place = step % scenes.length
  const turn = Math.floor(step / scenes.length)
  return {
    scene: scenes[place]!,
    place,
    language: languages[turn % languages.length]!,
    shift: shifts[turn % shifts.length]!,
  }
}
