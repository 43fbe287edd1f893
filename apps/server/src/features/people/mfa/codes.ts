/**
 * Codes of an app, and the QR code that gives it the secret. Six digits, 30 seconds, SHA-1: every app
 * supports these.
 */
import type { Server } from '../../../core/server.ts'

const PERIOD_S = 30

/**
 * The step of this code among the valid ones: the previous, the current and the next one (v4's window of
 * three).
 */
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

/** A new secret of 20 bytes in base32, the format that apps take. */
export const newSecretKey = async (): Promise<string> => {
  const { generateSecret } = await import('otplib')
  return generateSecret({ length: 20 })
}

/** The secret as a QR code: a PNG in base64. */
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
