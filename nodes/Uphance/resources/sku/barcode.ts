/**
 * Returns a barcode with the other number of leading zeros in which it is often written, or undefined if there is none. A
 * UPC of 12 digits is an EAN of 13 with a zero before it, and spreadsheets remove zeros at the start of a number.
 */
export function otherZeros(barcode: string): string | undefined {
	if (!/^\d{6,14}$/.test(barcode)) return undefined;
	if (barcode.length > 12) return barcode.startsWith('0') ? barcode.slice(1) : undefined;
	return barcode.length < 12 ? barcode.padStart(12, '0') : `0${barcode}`;
}
