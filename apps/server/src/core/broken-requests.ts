/** Answers to bytes that are no HTTP request. */
import { STATUS_CODES } from 'node:http'
import { errorBody, Fault } from './faults.ts'
import { newId } from './ids.ts'
import type { Server } from './server.ts'

const brokenFault = (code: string | undefined): Fault => {
  if (code === 'HPE_HEADER_OVERFLOW') return new Fault('http.headers_too_large')
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Fault('http.timeout')
  return new Fault('api.context.invalid_body_param.app_error', { name: 'HTTP' })
}

/**
 * The answer to bytes that are no HTTP request. The framework has no request to answer, so this writes the
 * text.
 */
export const brokenAnswer = (server: Server, code: string | undefined): string => {
  const fault = brokenFault(code)
  const id = newId()
  const body = JSON.stringify(errorBody(fault, 'en', id))
  return [
    `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${id}`,
    'x-content-type-options: nosniff',
    'referrer-policy: no-referrer',
    'permissions-policy: ',
    `x-version-id: ${server.versionId()}`,
    'connection: close',
    '',
    body,
  ].join('\r\n')
}
