// Runs in every measured page before its own scripts: observers, and what waits for a paint.
;(() => {
  const bar = { shift: 0, longTasks: [], events: [], paint: 0, frames: [] }
  globalThis.bar = bar
  const observe = (type, take, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({
      type,
      buffered: true,
      ...more,
    })
  observe('layout-shift', (entry) => {
    if (!entry.hadRecentInput) bar.shift += entry.value
  })
  observe('longtask', (entry) => bar.longTasks.push({ at: entry.startTime, ms: entry.duration }))
  observe(
    'event',
    (entry) => {
      if (entry.interactionId > 0)
        bar.events.push({
          name: entry.name,
          ms: entry.duration,
          id: entry.interactionId,
          at: entry.startTime,
        })
    },
    { durationThreshold: 16 },
  )

  /** The time when the frame that is being made has been painted. */
  bar.painted = () =>
    new Promise((resolve) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now())
        port2.postMessage(0)
      }),
    )

  /** Waits until the condition holds in a frame; resolves when that frame is painted. */
  bar.until = (condition, timeout = 20000) =>
    new Promise((resolve, reject) => {
      const end = performance.now() + timeout
      const look = () => {
        let holds = false
        try {
          holds = condition()
        } catch {}
        if (holds) {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now())
          port2.postMessage(0)
        } else if (performance.now() > end) reject(new Error(`never: ${condition}`))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })

  /** The milliseconds from the next event of this type until the condition is painted. */
  bar.after = (type, condition) =>
    new Promise((resolve, reject) => {
      const begin = (event) => {
        removeEventListener(type, begin, true)
        bar.until(condition).then((at) => resolve(at - event.timeStamp), reject)
      }
      addEventListener(type, begin, true)
    })

  /** Collects the lengths of frames until `bar.stopFrames()`. */
  bar.watchFrames = (look = () => true) => {
    let last = performance.now()
    let isOn = true
    let goodAt = last
    const result = { frames: [], blank: 0 }
    bar.stopFrames = () => {
      isOn = false
      return result
    }
    const frame = (now) => {
      if (!isOn) return
      result.frames.push(now - last)
      last = now
      if (look()) goodAt = now
      result.blank = Math.max(result.blank, now - goodAt)
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  }

  /** Is some message on the screen? */
  bar.showsMessages = () => {
    const list = document.querySelector('[data-messages]')
    if (!list) return false
    const { top, bottom } = list.getBoundingClientRect()
    return [...list.querySelectorAll('[data-post]')].some((row) => {
      const box = row.getBoundingClientRect()
      return box.height > 0 && box.bottom > top && box.top < bottom
    })
  }

  /** Is this message on the screen? */
  bar.shows = (id) => {
    const box = document.querySelector(`[data-messages] [data-post="${id}"]`)?.getBoundingClientRect()
    return box !== undefined && box.height > 0 && box.bottom > 0 && box.top < innerHeight
  }

  bar.until(bar.showsMessages, 120000).then(
    (at) => {
      bar.paint = at
    },
    () => undefined,
  )

  bar.resources = () =>
    performance.getEntriesByType('resource').map((entry) => ({
      name: entry.name,
      at: entry.startTime,
      end: entry.responseEnd,
      bytes: entry.encodedBodySize,
      type: entry.initiatorType,
    }))
})()
