import type { Switches } from './switches.mts';

/** As Ruby prints a BigDecimal: "54.0", "56.76" (uphance-api.md 3.3). */
export const formatDecimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

export const formatMoney = (cents: number) => formatDecimal(cents / 100);

export const formatTimestamp = (milliseconds: number, { timestamps }: Switches) =>
	new Date(milliseconds).toISOString().replace('Z', timestamps);

export const formatDate = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
