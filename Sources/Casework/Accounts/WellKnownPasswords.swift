/// What people choose first: words, names, clubs, places, runs of keys. Compiled for this product from general
/// knowledge; `PasswordRules` also refuses each of them with digits or signs around it, with letters replaced by
/// look-alikes, and written twice, so a short list stands for many thousands of passwords.
let wellKnownPasswords: Set<String> = Set(
    """
    password passwort passw passwrd passphrase passcode pass secret secrets letmein letmeinnow openup opensesame
    welcome welcomehome login logon logmein signin access accessgranted enter entry admin administrator root system
    sysadmin manager superuser super user username guest test tester testing testtest demo default changeme changeit
    change changepassword temp temporary temppass newpassword mypassword yourpassword thepassword password1password
    nopassword forgotten forgot whatever nothing something anything everything computer internet server database
    windows microsoft apple google facebook youtube instagram twitter whatsapp tiktok snapchat linkedin amazon
    netflix spotify samsung nokia android iphone playstation xbox nintendo minecraft fortnite pokemon pikachu mario
    sonic zelda starwars startrek superman batman spiderman ironman wolverine captain avengers matrix gandalf frodo
    hobbit hogwarts harrypotter potter dumbledore voldemort hermione simpsons homer simpson mickey mickeymouse
    minnie donald snoopy garfield tigger winnie pooh bambi scooby shrek peppapig thomas dragon dragonball naruto
    pirate ninja samurai monster vampire zombie wizard magic merlin phoenix unicorn tiger lion panther jaguar
    leopard eagle falcon hawk raven wolf bear bulldog puppy doggy kitty kitten monkey dolphin penguin elephant
    turtle rabbit bunny hamster butterfly horse pony spider chicken iloveyou iloveu iloveme iloveher ilovehim
    ilovemydog ilovemymum loveyou loveme lovely lover love mylove truelove babygirl babyboy baby babe honey
    sweetheart sweetie sugar darling princess prince queen king kingdom angel angels heaven devil satan jesus
    jesuschrist christ christian god godisgood blessed blessing faith hope hopeful grace amen bible church allah
    islam muslim ganesh krishna buddha sunshine sunflower flower flowers rose rainbow summer winter autumn spring
    sunny cloudy snow snowman thunder lightning storm ocean beach island mountain river forest moonlight moon stars
    star starlight galaxy universe earth nature january february march april may june july august september october
    november december monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday birthday
    christmas easter holiday halloween newyear happy happyday happiness smile smiley lucky luckyone freedom peace
    friends friend bestfriend family mother father mummy daddy mum dad brother sister grandma grandad nana nanny
    auntie uncle husband wife son daughter football footballer soccer rugby cricket tennis golf golfer hockey
    basketball baseball softball boxing darts snooker fishing fisherman running swimming cycling arsenal chelsea
    liverpool liverpoolfc everton manchester manchesterunited manutd mancity mancityfc united city spurs tottenham
    tottenhamhotspur newcastle newcastleunited westham westhamunited astonvilla villa leeds leedsunited sunderland
    southampton saints portsmouth pompey bournemouth poole cherries norwich ipswich millwall fulham brighton
    leicester leicestercity wolves stoke stokecity derby derbycounty nottingham forestfc sheffield wednesdayfc
    barnsley burnley blackburn rovers bolton wigan hull middlesbrough boro reading watford charlton celtic rangers
    glasgow glasgowrangers hibs hearts aberdeen dundee swansea cardiff wrexham barcelona barca realmadrid madrid
    juventus milan bayern ronaldo messi beckham rooney gerrard lampard cantona shearer henry kane cowboys yankees
    lakers redsox steelers eagles packers patriots england scotland wales ireland britain greatbritain london
    birmingham bristol oxford cambridge york dorset hampshire devon cornwall somerset yorkshire lancashire essex
    kent surrey sussex norfolk suffolk europe france germany spain italy poland portugal greece turkey india
    pakistan bangladesh nigeria jamaica canada australia america africa china japan paris berlin rome newyork
    chicago dallas texas california florida boston sydney hospital hospitals doctor doctors nurse nurses nursing
    medical medicine health healthcare healthy patient patients nhs nhsfoundationtrust nhstrust nhsmail clinic
    clinical surgery ward radiology xray records healthrecords medicalrecords matron consultant pharmacy ambulance
    emergency hospitaltrust trust qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx
    qazwsxedc 1qaz2wsx 1qaz2wsx3edc zaq12wsx zaq1xsw2 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3 q1w2e3r4
    q1w2e3r4t5 qweasd qweasdzxc qweqwe asdasd zxczxc qwe123 qwer1234 asd123 abc abcd abcde abcdef abc123 abcd1234
    a1b2c3 a1b2c3d4 a1b2c3d4e5 aa123456 1a2b3c 1a2b3c4d 123qwe 123abc 1234qwer 12345qwert 123qweasd 1234abcd
    11223344 1122334455 112233 12341234 1234512345 123321 12344321 1234554321 123654 12369874 1236987 147258
    147258369 147852 147852369 159357 159753 159951 258456 741852 741852963 789456 789456123 951753 963852 963852741
    987654321 20202020 10203040 1020304050 102030 13579 1357924680 24681012 246810 31415926 314159265 27182818
    16180339 69696969 password123 trustno1 trustnoone nosecrets michael michelle jennifer jessica ashley amanda
    daniel danielle david andrew anthony joshua matthew christopher chris christine christina nicholas nicole robert
    richard william charlie charlotte charles george harry jack james jamie john johnny jonathan jordan joseph
    justin kevin laura lauren louise lucy luke margaret mark martin mary matt megan melissa mohammed muhammad
    mohamed natasha nathan oliver olivia patrick paul peter philip rachel rebecca robin ryan sam samantha samuel
    sandra sarah scott sharon sophie stephanie stephen steven stuart susan taylor tracey vanessa victoria vincent
    zoe alexander alexandra alex adam aaron abigail alan albert alice alison amelia amy andrea angela anna anne
    arthur barbara benjamin bernard brandon brian bethany caroline catherine claire colin connor craig dean deborah
    dennis diana donna dorothy dylan edward eleanor elizabeth emily emma ethan evie fiona frances francis frank
    freddie gareth gary gemma geoffrey gillian gordon graham grahame hannah harriet hazel heather helen holly ian
    isabella isla jacob jacqueline jane janet jason jasmine jean jeremy jill joan joanna joanne jodie joyce judith
    julia julian julie karen katherine kathleen kathryn katie kayleigh keith kelly kenneth kerry kimberly kirsty
    kyle lee leanne leon leslie lewis liam linda lisa logan lorraine louis lynn malcolm maria marie marilyn maureen
    maxwell mia michaela mason natalie neil nigel noah norman oscar pamela patricia paula pauline philippa phoebe
    poppy raymond rhys roger ronald rosemary ross roy russell ruth sean sheila shirley simon stacey stanley stella
    suzanne sylvia teresa terence theresa timothy tina toby tony trevor valerie veronica victor wayne wendy yvonne
    zachary cheese cheesecake chocolate cookie cookies coffee teatime banana bananas orange strawberry cherry
    peaches apples pepper ginger pumpkin peanut butter biscuit cupcake icecream pizza chips burger beer guinness
    whisky vodka wine champagne cocacola pepsi marmite toffee muffin sausage mustang ferrari porsche mercedes bmw
    audi ford toyota honda yamaha harley corvette camaro jaguarcar landrover mini volkswagen vauxhall motorbike bike
    engine driver metallica nirvana slipknot eminem beatles thebeatles rollingstones pinkfloyd ledzeppelin queenband
    oasis blur coldplay rihanna beyonce britney madonna elvis elvispresley marley bobmarley blink182 rockstar
    rocknroll music musical guitar piano drummer singer dancer dancing hiphop purple yellow green blue black white
    silver golden gold diamond crystal emerald pearl orangey redblue blackcat hello hellohello hellothere helloworld
    hi hey goodbye goodmorning goodnight good please thankyou thanks sorry yes no maybe fuckyou fuckoff fuck shit
    bollocks bastard asshole bitch biteme suckit sexy sexygirl sexyboy hotstuff killer hunter hunting soldier army
    marine navy airforce police fireman security secure security1 safety safe private confidential master masterkey
    key keys boss chief leader legend champion winner loser genius einstein newton darwin shakespeare napoleon
    caesar hercules achilles apollo zeus athena maverick cooper buster buddy max bella molly daisy rosie tilly alfie
    milo lola ruby millie bailey charliebrown jasper rocky rusty patch smokey shadow misty lady tessa sasha
    correcthorsebatterystaple correcthorse batterystaple maythefourth maytheforce theforce jedi skywalker
    lukeskywalker vader darthvader yoda chewbacca stargate doctorwho tardis dalek sherlock sherlockholmes jamesbond
    bond goldfinger
    """.split(whereSeparator: \.isWhitespace).map(String.init))
