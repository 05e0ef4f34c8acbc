/**
 * Returns the EAN-13 of a SKU with a valid check digit; '' for every ninth SKU, because users leave the field empty.
 */
export function generateEan(skuId: number): string {
	if (skuId % 9 === 0) return '';
	const digits = `5${String(skuId).padStart(11, '0')}`;
	const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
	return digits + ((10 - (sum % 10)) % 10);
}
