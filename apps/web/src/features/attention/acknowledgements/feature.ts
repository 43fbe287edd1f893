import { type Feature, messagePart } from '../../../platform/feature.ts'
import { Acknowledgements } from './Acknowledgements.tsx'

export const acknowledgements: Feature = {
  name: 'acknowledgements',
  messageFooters: [
    messagePart(
      ({ metadata }) =>
        metadata.priority?.requested_ack === true || (metadata.acknowledgements?.length ?? 0) > 0,
      Acknowledgements,
    ),
  ],
}
