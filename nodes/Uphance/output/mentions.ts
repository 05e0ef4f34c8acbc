/** Whether a text occurs in one of several values, in whatever case. @param wanted in lower case */
export const mentions = (values: unknown[], wanted: string): boolean =>
	values.some((value) =>
		String(value ?? '')
			.toLowerCase()
			.includes(wanted),
	);
