// PolicyFilesTests
