/**
 * Keys of an input method (Japanese, Chinese, Korean, dead keys) do nothing here, in any field. Not every
 * browser sets `isComposing`: in some, the key that ends a composition comes after it, and only its old key
 * code, 229, identifies it.
 */
window.addEventListener(
  'keydown',
  (event) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
  },
  { capture: true },
)
