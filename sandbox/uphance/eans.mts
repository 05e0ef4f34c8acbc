/**
 * Returns the EAN-13 of a SKU with a valid check digit; '' for every ninth SKU, because users leave the field empty.
 */
export function generateEan(skuId: number): string {
	if (skuId % 9 === 0) return '';
	let sum = 5;
	for (let rest = skuId, weight = 3; rest > 0; rest = Math.floor(rest / 10), weight = 4 - weight) {
		sum += (rest % 10) * weight;
	}
	return `5${String(skuId).padStart(11, '0')}${(10 - (sum % 10)) % 10}`;
}
