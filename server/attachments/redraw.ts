import sharp, { type Sharp } from 'sharp'
import { HttpError } from '../http/errors.ts'
import type { FileType } from './kinds.ts'

type ImageType = Exclude<FileType, 'application/pdf'>

export interface Redrawn {
  body: Buffer
  width: number
  height: number
}

/** Pixels that a picture may have: twice what most telephones take. */
const MOST_PIXELS = 50_000_000
/** Of the longer edge, as it is kept. */
const LONGEST = 4000
/** Seconds of work on one picture. */
const PATIENCE = 10

// One picture costs the memory of one picture: nothing is kept, and only what is asked for is read.
sharp.cache(false)
sharp.concurrency(1)
sharp.block({ operation: ['VipsForeignLoad'] })
sharp.unblock({
  operation: ['VipsForeignLoadPng', 'VipsForeignLoadJpeg', 'VipsForeignLoadWebp'],
})

/** How long a picture was worked on is not what made it unreadable. */
const LATE = /timeout/i
const LARGE = /pixel limit|exceeds/i

/**
 * Draws a picture anew from its pixels: place, camera, comments, colour profile and what was hidden behind
 * it are gone; it stands upright. Throws a 413 for too many pixels and a 415 for what cannot be read whole.
 */
export async function redraw(body: Buffer, type: ImageType): Promise<Redrawn> {
  try {
    const picture = sharp(body, {
      limitInputPixels: MOST_PIXELS,
      failOn: 'error',
      sequentialRead: true,
      pages: 1,
    })
    const drawn = picture
      .timeout({ seconds: PATIENCE })
      .autoOrient()
      .resize(LONGEST, LONGEST, { fit: 'inside', withoutEnlargement: true })
    const { data, info } = await as(type, drawn).toBuffer({ resolveWithObject: true })
    return { body: data, width: info.width, height: info.height }
  } catch (error) {
    throw refusalOf(error instanceof Error ? error.message : '')
  }
}

function as(type: ImageType, drawn: Sharp): Sharp {
  if (type === 'image/png') return drawn.png()
  return type === 'image/jpeg' ? drawn.jpeg({ quality: 88 }) : drawn.webp({ quality: 88 })
}

const BROKEN = 'The picture is damaged or not whole. Save it anew and send it again.'

function refusalOf(why: string): HttpError {
  if (LARGE.test(why)) {
    const most = MOST_PIXELS / 1_000_000
    return new HttpError(413, `The picture has more than ${most} million pixels. Make it smaller.`)
  }
  if (LATE.test(why)) {
    return new HttpError(413, `The picture took more than ${PATIENCE} s to read. Make it smaller.`)
  }
  return new HttpError(415, BROKEN, { code: 'file.broken' })
}
