// CorrespondenceTests
