/**
 * Returns the EAN-13 of a SKU with a valid check digit; '' for every ninth SKU, because users leave the field empty.
 */
export function generateEan(skuId: number): string {
	if (skuId % 9 === 0) return '';
	const digits = `5${String(skuId).padStart(11, '0')}`;
	let sum = 0;
	for (let index = 0; index < digits.length; index++) sum += Number(digits[index]) * (index % 2 === 0 ? 1 : 3);
	return digits + ((10 - (sum % 10)) % 10);
}
