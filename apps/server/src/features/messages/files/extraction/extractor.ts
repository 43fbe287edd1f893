/**
 * A separate program: reads a document from its input and writes the text to its output. run.ts starts it and
 * limits its resources.
 */
import { buffer } from 'node:stream/consumers'
import { type OfficeFormat, officeText } from './office.ts'
import { pdfText } from './pdf.ts'

const [, , format = '', most = '0'] = process.argv
const bytes = new Uint8Array(await buffer(process.stdin))
const mostBytes = Number(most)
const text =
  format === 'pdf' ? await pdfText(bytes, mostBytes) : officeText(format as OfficeFormat, bytes, mostBytes)
process.stdout.write(Buffer.from(text).subarray(0, mostBytes))
