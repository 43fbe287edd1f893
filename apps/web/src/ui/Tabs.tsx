import type { ReactNode } from 'react'
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs'
import { AriaLanguage } from './AriaLanguage.tsx'
import styles from './Tabs.module.css'

type TabsProps<Id extends string> = {
  label: string
  tabs: readonly { id: Id; label: string; count?: number; icon?: ReactNode }[]
  chosen: Id
  /** Beside the content rather than above it; on phones always above. */
  isVertical?: boolean
  onChange(id: NoInfer<Id>): void
  /** The content of the chosen tab. */
  children: ReactNode
}

/** Several contents in one place. Only for code that is loaded later. */
export const Tabs = <Id extends string>({
  label,
  tabs,
  chosen,
  isVertical = false,
  onChange,
  children,
}: TabsProps<Id>) => (
  <AriaLanguage>
    <AriaTabs
      className={styles.tabs ?? ''}
      orientation={isVertical ? 'vertical' : 'horizontal'}
      selectedKey={chosen}
      onSelectionChange={(key) => {
        const tab = tabs.find((each) => each.id === key)
        if (tab) onChange(tab.id)
      }}
    >
      <TabList aria-label={label} className={styles.list ?? ''}>
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className={styles.tab ?? ''}>
            {tab.icon}
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      <TabPanel key={chosen} id={chosen} className={styles.panel ?? ''}>
        {children}
      </TabPanel>
    </AriaTabs>
  </AriaLanguage>
)
