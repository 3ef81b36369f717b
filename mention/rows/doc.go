// Package rows reads mentions out of files, and writes them: JSON Lines, a JSON array, or CSV, also compressed by gzip.
//
// A program does this:
//
//	fields, err := rows.ParseFields("text=body,author=user,at=created") // how the file calls what we call text
//	for row, err := range rows.Read(file, fields) {
//		var bad *rows.RowError
//		if errors.As(err, &bad) { // one bad row, with its line: the others are read all the same
//			continue
//		}
//		if err != nil { // the file itself: nothing comes after it
//			return err
//		}
//		use(row.Mention) // canonical
//	}
//
// Read looks at the beginning of the file to see what it is; ReadLines and ReadCSV are told. WriteLines writes what
// ReadLines reads. A line may have 10 MB; nothing is kept of a row once it was given out.
package rows
