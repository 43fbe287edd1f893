/** Codes of an app, and the picture that hands it the secret. Six digits, 30 seconds, SHA-1: what every app can do. */
import type { Server } from '../../../core/server.ts'

const PERIOD_S = 30

/** The step whose code this is, of those that count now: the last, the present and the next one (v4's window of three). */
export const stepOf = async (secret: string, code: string, now: number): Promise<number | null> => {
  if (!/^\d{6}$/.test(code)) return null
  const { verify } = await import('otplib')
  const present = Math.floor(now / 1000 / PERIOD_S)
  for (const step of [present - 1, present, present + 1]) {
    const { valid } = await verify({ secret, token: code, epoch: step * PERIOD_S })
    if (valid) return step
  }
  return null
}

/** A secret of 20 bytes in base32, as apps take it. */
export const newSecretKey = async (): Promise<string> => {
  const { generateSecret } = await import('otplib')
  return generateSecret({ length: 20 })
}

/** The secret as a picture to scan: PNG in base64. */
export const pictureOf = async (server: Server, email: string, secret: string): Promise<string> => {
  const [{ generateURI }, { renderSVG }, { default: sharp }] = await Promise.all([
    import('otplib'),
    import('uqr'),
    import('sharp'),
  ])
  const uri = generateURI({ issuer: server.settings().TeamSettings.SiteName, label: email, secret })
  const png = await sharp(Buffer.from(renderSVG(uri, { border: 2, pixelSize: 6 })))
    .png()
    .toBuffer()
  return png.toString('base64')
}
