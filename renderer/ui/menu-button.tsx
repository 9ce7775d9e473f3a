import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, type Icon } from '@tabler/icons-react';
import { t } from '../i18n/translate.ts';
import { useTabIndex } from './tab-stop.ts';

export interface MenuChoice {
  readonly text: string;
  readonly icon?: Icon;
  readonly onClick: () => void;
  readonly isDisabled?: boolean;
}

export interface MenuButtonProps {
  readonly choices: readonly MenuChoice[];
  /** Of what, when "More" does not say it. */
  readonly label?: string;
}

/** What is seldom needed, behind three dots. */
export function MenuButton({ choices, label = t('window.more') }: MenuButtonProps) {
  const tabIndex = useTabIndex();
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon aria-label={label} size={36} tabIndex={tabIndex}>
          <IconDots size={18} stroke={1.75} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ text, icon: Shown, onClick, isDisabled = false }) => (
          <Menu.Item
            key={text}
            onClick={onClick}
            disabled={isDisabled}
            leftSection={Shown === undefined ? undefined : <Shown size={16} stroke={1.75} aria-hidden />}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
