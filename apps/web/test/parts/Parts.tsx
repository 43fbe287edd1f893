import { Fields } from './Fields.tsx'
import { Forms } from './Forms.tsx'
import { Opening } from './Opening.tsx'
import { Quiet } from './Quiet.tsx'

export const Parts = () => (
  <main className="parts">
    <h1>Parts</h1>
    <Quiet />
    <Fields />
    <Forms />
    <Opening />
    {/* Where the focus goes if nothing else can take it. */}
    <section data-composer>
      <h2>Composer</h2>
      <textarea aria-label="Message" rows={2} />
    </section>
  </main>
)
