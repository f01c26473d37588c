print("rightsdesk")
