import large from '../../resources/icons/keyward-icon.svg';
import small from '../../resources/icons/keyward-icon-small.svg';

/** The mark of Keyward; below 24 px the drawing with the round hole. Silent: its name stands beside it. */
export function Mark({ size }: { readonly size: number }) {
  return <img src={size < 24 ? small : large} width={size} height={size} alt="" />;
}
