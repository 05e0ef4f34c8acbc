/**
 * An index: finds values by the texts in several fields. Most texts belong to one value. That one is kept without a list
 * around it, to save memory.
 */
export class FieldIndex<V extends object | number> {
	private readonly fields = new Map<string, Map<string, V | V[]>>();

	/** How many pairs of a text and a value there are. */
	size = 0;

	/** Returns the values that a text in a field leads to, each once. */
	find(field: string, text: string): V[] {
		return [...new Set(this.list(field, text))];
	}

	has(field: string, text: string): boolean {
		return this.fields.get(field)?.has(text) ?? false;
	}

	/** Adds a value. Ignores a text without characters, and a value that was added just before. */
	add(field: string, text: string, value: V): void {
		const texts = this.fields.get(field) ?? new Map<string, V | V[]>();
		this.fields.set(field, texts);
		const values = texts.get(text);
		if (text === '' || values === value) return;
		if (values === undefined) texts.set(text, value);
		else if (!Array.isArray(values)) texts.set(text, [values, value]);
		else if (values.at(-1) === value) return;
		else values.push(value);
		this.size += 1;
	}

	remove(field: string, text: string, value: V): void {
		const values = this.list(field, text);
		const left = values.filter((each) => each !== value);
		if (left.length > 0) this.fields.get(field)?.set(text, left);
		else this.fields.get(field)?.delete(text);
		this.size -= values.length - left.length;
	}

	private list(field: string, text: string): V[] {
		const values = this.fields.get(field)?.get(text);
		if (values === undefined) return [];
		return Array.isArray(values) ? values : [values];
	}
}
