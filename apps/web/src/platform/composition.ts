/**
 * Keys that belong to an input method (Japanese, Chinese, Korean, dead keys) do nothing here, in whatever
 * field. Not every browser says so by `isComposing`: in some the key that ends a composition comes after it,
 * and only its code of old, 229, tells.
 */
window.addEventListener(
  'keydown',
  (event) => {
    if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation()
  },
  { capture: true },
)
